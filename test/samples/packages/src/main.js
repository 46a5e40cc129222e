exports.all = [require('./vendor/entry'), require('./local')];
