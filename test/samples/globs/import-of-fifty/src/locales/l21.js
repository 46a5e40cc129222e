export default 'locale 21';
