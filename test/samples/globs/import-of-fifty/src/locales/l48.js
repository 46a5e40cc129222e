export default 'locale 48';
