export default 'locale 17';
