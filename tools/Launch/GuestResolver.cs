// Fills in the defaults: from what the user asked for to what Nestor is given. The default guest is
// Debian's cloud kernel with our busybox initramfs; it is fetched only when a guest really uses it.
using Nestor.Tools.Guests;
using Nestor.Tools.Support;
using Nestor.Tools.Symbols;

namespace Nestor.Tools.Launch;

public static class GuestResolver
{
    public const string DefaultAppend = "console=ttyAMA0 earlycon=pl011,0x9000000 panic=-1";

    public const string OnlyName = "guest";

    /// <summary>One guest alone is called "guest", several are numbered.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<GuestRequest> requests) =>
        [.. requests.Select((request, index) =>
            request.Name ?? (requests.Count == 1 ? OnlyName : FormattableString.Invariant($"guest{index + 1}")))];

    public static bool UsesDefaultKernel(GuestRequest request) => request.Kernel is null && request.Bios is null;

    /// <summary>Checks what can be checked before anything is fetched.</summary>
    public static void Check(IReadOnlyList<GuestRequest> requests)
    {
        IReadOnlyList<string> names = Names(requests);
        for (int i = 0; i < requests.Count; i++)
        {
            GuestChecks.CheckRequest(requests[i], names[i]);
        }

        GuestChecks.CheckTogether(names);
        if (requests.Count > 0 && requests.All(request => request.Start == false))
        {
            throw new UsageException("no guest starts: each has start = false, and the machine ends when none runs");
        }
    }

    /// <param name="requests">The guests, as asked for.</param>
    /// <param name="fetch">Gives the path of a stock file, normally <see cref="GuestStore.Ensure(GuestKind)"/>.</param>
    public static IReadOnlyList<GuestDescription> Resolve(
        IReadOnlyList<GuestRequest> requests, Func<GuestKind, string> fetch)
    {
        Check(requests);
        IReadOnlyList<string> names = Names(requests);
        List<GuestDescription> guests = [.. requests.Select((request, index) => Resolve(request, names[index], fetch))];
        GuestChecks.CheckGuests(guests);
        return guests;
    }

    private static GuestDescription Resolve(GuestRequest request, string name, Func<GuestKind, string> fetch)
    {
        GuestDescription guest = new(name)
        {
            Kernel = request.Kernel,
            Bios = request.Bios,
            Initrd = request.HasVmm ? fetch(GuestKind.VmmInitramfs) : request.Initrd,
            Modules = request.Modules,
            Append = request.Append ?? "",
            StaysOff = request.Start == false,
            Cpus = request.Cpus ?? GuestDescription.DefaultCpus,
            Memory = request.Memory ?? GuestDescription.DefaultMemory,
            El = request.El ?? 2,
            Nv = request.Nv ?? 2,
        };
        if (UsesDefaultKernel(request))
        {
            guest = guest with
            {
                Kernel = fetch(GuestKind.Linux612),
                Initrd = guest.Initrd ?? fetch(GuestKind.Initramfs),
                Append = $"{DefaultAppend} {request.Append}".TrimEnd(),
            };
        }

        return request.Symbols is { } program
            ? guest with { Symbols = SymbolIndexFile.Make(program.Length > 0 ? program : guest.Kernel!) }
            : guest;
    }
}
