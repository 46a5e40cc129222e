const names = { ['li' + 'st']: ['shape'] };
module.exports = { ...names };
