import './dependency.mjs';
throw new Error('thrown by the entry');
