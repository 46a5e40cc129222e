import '../styles/base.css';
import '../styles/basket.css';
import '../lib/fetched';
import { show } from '../parts/basket';

// Here the basket is what the page is for: needed at once, where the catalogue loads it on a click.
show(document.getElementById('basket'));
