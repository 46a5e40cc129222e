export default 'locale 31';
