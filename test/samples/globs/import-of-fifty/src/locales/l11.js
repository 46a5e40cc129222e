export default 'locale 11';
