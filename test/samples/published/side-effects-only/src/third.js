self.polyfilled.push('third');
