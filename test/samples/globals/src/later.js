#!/usr/bin/env node
module.exports = 1; // no line end