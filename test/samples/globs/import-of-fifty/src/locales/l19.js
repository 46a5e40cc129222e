export default 'locale 19';
