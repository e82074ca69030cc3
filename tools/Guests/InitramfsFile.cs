// A further file of an initramfs, in one of its top directories. Everything is executable there: nobody is kept out.

namespace Nestor.Tools.Guests;

public sealed record InitramfsFile(string Name, byte[] Content);
