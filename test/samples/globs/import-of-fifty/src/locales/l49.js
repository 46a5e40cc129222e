export default 'locale 49';
