import { text } from './text.mjs';
result('</script><script>');
result(text.replace(/[\u2028\u2029]/g, ' '));
result('\\\'"`${}');
