self.polyfilled.push('second');
