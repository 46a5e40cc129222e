export default 'locale 26';
