import 'theme/style.css';
result(require('theme/style.css'));
