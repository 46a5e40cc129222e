self.clock = (show) => {
  show(new Date().toLocaleTimeString());
  setInterval(() => {
    show(new Date().toLocaleTimeString());
  }, 1000);
};
