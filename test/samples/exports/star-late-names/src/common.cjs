exports.early = 1;
exports.own = 'shadowed';
