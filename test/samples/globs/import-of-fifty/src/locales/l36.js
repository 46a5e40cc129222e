export default 'locale 36';
