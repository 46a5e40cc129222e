export default 'locale 24';
