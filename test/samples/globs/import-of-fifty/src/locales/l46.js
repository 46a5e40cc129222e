export default 'locale 46';
