export default 'locale 23';
