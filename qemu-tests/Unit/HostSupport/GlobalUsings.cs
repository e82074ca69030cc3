// In the kernel's sources Console is Nestor's own: there is no other on the bare machine.

global using Console = Nestor.Hal.Console;
