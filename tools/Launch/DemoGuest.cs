// The guest that is built in has no command line. With words for it the same image is handed over like any other guest.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

/// <summary>The demonstration as a guest of its own.</summary>
public static class DemoGuest
{
    /// <summary>The guest with a command line.</summary>
    /// <param name="words">Such as `bug=vttbr`, see qemu-tests/Guests/Demo/PlantedBug.cs.</param>
    public static GuestDescription With(string words) =>
        new("demo") { Kernel = RepositoryRoot.Out("demo"), Cpus = 1, Memory = 32 * MemorySize.MiB, Append = words };
}
