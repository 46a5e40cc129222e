export default 'locale 25';
