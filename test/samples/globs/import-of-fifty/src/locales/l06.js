export default 'locale 6';
