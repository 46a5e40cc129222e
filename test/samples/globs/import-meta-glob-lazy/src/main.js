const pages = import.meta.glob('./pages/*.js');
const others = import.meta.glob(['./pages/**/*.js', '!**/home.js'], { import: 'title' });

result(Object.keys(pages));
pages['./pages/home.js']()
  .then(({ title }) => {
    result(title);
    result(Object.keys(others));
    return others['./pages/admin/users.js']();
  })
  .then(result);
