export default 'locale 41';
