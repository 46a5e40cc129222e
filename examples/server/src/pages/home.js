const { countScripts, pageSize } = require('../parts/measure');

const $ = self.jQuery;

$('#greeting').text(self.greet('visitor'));
self.clock((time) => $('#time').text(time));
$('#bytes').text(pageSize());
$('#requests').text(countScripts());
for (const id of ['jquery', 'greeting', 'clock', 'home.js']) {
  $('<li>')
    .text(`${id}: ${self.dynoSrc.getVersion(id)}`)
    .appendTo('#versions');
}
$('#reload').on('click', () => location.reload());
$('#show').on('click', async () => {
  const { describe } = await import('../parts/releases');
  $('#releases').text(describe()).prop('hidden', false);
});
