import '../styles/base.css';
import '../styles/tonight.css';
import { onMoon } from '../lib/on-moon.js';

onMoon(() => new Date());
