export default 'locale 27';
