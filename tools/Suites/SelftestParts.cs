// What the KVM selftests run as: the newest kernel of Debian sid, and the tests of the newest kernel source there. Both are fetched once;
// whoever wants newer ones deletes the directory. The tests of a source of the user's own are built each time.
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>A kernel, and tests that were built.</summary>
public sealed class SelftestParts
{
    private const string KernelPackage = "linux-image-cloud-arm64";
    private const string SourcePackage = "linux-source";
    private const string Release = "sid";

    private readonly string _directory;
    private readonly string _programs;

    private SelftestParts(string directory, string programs)
    {
        (_directory, _programs) = (directory, programs);
        Kernel = Path.Combine(directory, "Image");
        Tests = File.ReadAllLines(Path.Combine(programs, SelftestBuild.List));
        Busybox = File.ReadAllBytes(new GuestStore().Ensure(GuestKind.Busybox));
    }

    /// <summary>The kernel's file.</summary>
    public string Kernel { get; }

    /// <summary>The names of all tests, also of those that did not build.</summary>
    public IReadOnlyList<string> Tests { get; }

    /// <summary>busybox for arm64.</summary>
    public byte[] Busybox { get; }

    /// <summary>What building the tests printed.</summary>
    public string Log => Path.Combine(_programs, SelftestBuild.Log);

    /// <summary>Fetches and builds what is not there.</summary>
    /// <param name="source">A tree of Linux or an archive of one; null for Debian's.</param>
    /// <exception cref="UsageException">It cannot be had.</exception>
    public static SelftestParts Ensure(string? source)
    {
        string directory = RepositoryRoot.Out(KvmSelftests.Name);
        using FileStream held = DirectoryLock.Take(directory);
        string unpacked = Path.Combine(directory, "unpack");
        AptRoot apt = new(Path.Combine(directory, "apt"), "arm64", Release);
        if (!File.Exists(Path.Combine(directory, "Image")))
        {
            Progress.Step($"fetching the newest kernel ({KernelPackage} of Debian {Release})", () => FetchKernel(apt, unpacked, Path.Combine(directory, "Image")));
        }

        string programs = Path.Combine(directory, source is null ? "tests" : "own-tests");
        if (source is not null)
        {
            Build(source);
        }
        else if (!Directory.Exists(programs))
        {
            FreshDirectory.Make(unpacked);
            Progress.Step($"fetching the newest kernel's source ({SourcePackage} of Debian {Release})", () => apt.ExtractWithDependencies(SourcePackage, unpacked));
            Build(new UnpackedPackages(SourcePackage, unpacked).Find("linux-source-*.tar.xz"));
        }

        FreshDirectory.Remove(unpacked);
        return new SelftestParts(directory, programs);

        void Build(string from)
        {
            FreshDirectory.Remove(programs);
            Progress.Step($"building the KVM selftests of {from}", () => SelftestBuild.Run(from, Path.Combine(directory, "build"), programs));
        }
    }

    /// <summary>The file of a test; there is none of one that did not build.</summary>
    public string Program(string test) => Path.Combine(_programs, test);

    private static void FetchKernel(AptRoot apt, string unpacked, string path)
    {
        FreshDirectory.Make(unpacked);
        apt.ExtractWithDependencies(KernelPackage, unpacked);
        string image = path + ".new";
        File.Copy(new UnpackedPackages(KernelPackage, unpacked).Find("vmlinuz*"), image, overwrite: true);
        if (WrappedKernel.Unpack(image) is { } plain)
        {
            File.WriteAllBytes(image, plain);
        }

        ImageInspector.Kernel(image);
        File.Move(image, path);
        FreshDirectory.Remove(unpacked);
    }
}
