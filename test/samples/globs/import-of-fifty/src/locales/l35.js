export default 'locale 35';
