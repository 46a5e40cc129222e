export default 'locale 15';
