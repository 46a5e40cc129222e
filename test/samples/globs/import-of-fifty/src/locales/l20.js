export default 'locale 20';
