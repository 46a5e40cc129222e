export default 'locale 42';
