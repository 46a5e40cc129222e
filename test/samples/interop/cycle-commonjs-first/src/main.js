const { seen, see } = require('./common');
result(seen);
result(see());
