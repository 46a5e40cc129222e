export default 'locale 44';
