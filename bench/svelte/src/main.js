import { mount } from 'svelte';
// Written of App.svelte where the bench prepares the program.
import App from './App.svelte.js';

mount(App, { target: document.getElementById('app') });
