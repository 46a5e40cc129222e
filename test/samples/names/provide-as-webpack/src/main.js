import 'jquery-plugin';

result($.name);
result($ === jQuery);
result(debounce());
result(util);
result($.plugin);
result(typeof self.$);
result(typeof debounce);
