export default 'locale 29';
