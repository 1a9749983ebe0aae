// What the host itself takes to activate an extension for a Python file.
exports.activate = () => {};
