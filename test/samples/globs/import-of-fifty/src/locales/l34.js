export default 'locale 34';
