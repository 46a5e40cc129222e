export default 'locale 40';
