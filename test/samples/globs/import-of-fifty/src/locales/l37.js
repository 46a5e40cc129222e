export default 'locale 37';
