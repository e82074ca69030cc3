// apt for another architecture or another release without telling the system about it and without root: a directory of
// our own with sources, lists and cache, taken from the Debian archive that this machine uses.
using System.Text.RegularExpressions;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Support;

namespace Nestor.Tools.Guests;

public sealed partial class AptRoot
{
    private readonly string _root;
    private readonly string _architecture;
    private readonly string[] _suites;
    private readonly string _lists;
    private readonly string[] _options;

    /// <param name="root">The directory.</param>
    /// <param name="architecture">As Debian names it.</param>
    /// <param name="suites">The releases whose packages it has.</param>
    public AptRoot(string root, string architecture, params string[] suites)
    {
        _root = root;
        _architecture = architecture;
        _suites = suites;
        _lists = Path.Combine(root, "lists");
        _options =
        [
            "-q",
            "-o", $"Dir::Etc::sourcelist={Path.Combine(root, "sources.list")}",
            "-o", $"Dir::Etc::sourceparts={Path.Combine(root, "sources.list.d")}",
            "-o", $"Dir::Etc::preferencesparts={Path.Combine(root, "preferences.d")}",
            "-o", "Dir::Etc::preferences=/dev/null",
            "-o", $"Dir::State={Path.Combine(root, "state")}",
            "-o", $"Dir::State::lists={_lists}",
            "-o", $"Dir::State::status={Path.Combine(root, "status")}",
            "-o", $"Dir::Cache={Path.Combine(root, "cache")}",
            "-o", $"APT::Architecture={architecture}",
            "-o", $"APT::Architectures::={architecture}",
            "-o", "APT::Sandbox::User=root",
            "-o", "Acquire::Languages=none",
        ];
    }

    /// <summary>Where the guests come from: Debian 12, on whichever Debian we run.</summary>
    public static AptRoot OfGuests(string root) =>
        new(root, "arm64", DebianRelease.Bookworm, DebianRelease.Bookworm + "-backports");

    /// <summary>Downloads a package and puts the files in it below <paramref name="destination"/>.</summary>
    /// <param name="package">The name, or for kernels the meta package.</param>
    /// <param name="series">For a meta package: which of the packages it has depended on, as "6.12".</param>
    /// <param name="destination">A directory.</param>
    public void Extract(string package, string? series, string destination) =>
        Extract(package, destination, directory => TryDownload(package, series, directory));

    /// <summary>The same with every package that it depends on.</summary>
    public void ExtractWithDependencies(string package, string destination) =>
        Extract(package, destination, directory => TryDownloadAll(package, directory));

    /// <summary>The newest package of the series that a meta package depends on, from `apt-cache show`.</summary>
    public static string? Dependency(string shown, string metaPackage, string series)
    {
        string flavour = metaPackage["linux-image-".Length..];
        return KernelPackage().Matches(shown).Select(match => match.Value).FirstOrDefault(
            name => name.StartsWith($"linux-image-{series}.", StringComparison.Ordinal)
                && name.EndsWith("-" + flavour, StringComparison.Ordinal));
    }

    /// <summary>What apt says of lists that it cannot get, in a line of apt's; it goes on with those that it has.</summary>
    public static string? Unreachable(string errors) =>
        errors.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 3 && line[3..].StartsWith("Failed to fetch", StringComparison.Ordinal));

    /// <param name="package">For complaints.</param>
    /// <param name="destination">Where the files go.</param>
    /// <param name="download">Fills a directory with packages; answers the reason when it cannot, else null.</param>
    private void Extract(string package, string destination, Func<string, string?> download)
    {
        string? complaint = null;
        if (!File.Exists(Path.Combine(_root, "status")))
        {
            complaint = Update();
        }

        string directory = Path.Combine(_root, "packages");
        Directory.CreateDirectory(directory);
        if (download(directory) is not null)
        {
            // The lists may be old and name a version that the archive no longer has.
            complaint ??= Update();
            if (download(directory) is { } reason)
            {
                throw new UsageException($"cannot fetch {package} for {_architecture}: {complaint ?? reason}");
            }
        }

        foreach (string file in Directory.GetFiles(directory, "*.deb"))
        {
            ChildResult result = ChildProcess.Run("dpkg-deb", ["-x", file, destination]);
            if (result.Status != 0)
            {
                throw new UsageException($"cannot unpack {Path.GetFileName(file)}: {result.Reason}");
            }

            File.Delete(file);
        }
    }

    private string? TryDownload(string package, string? series, string directory)
    {
        if (series is not null)
        {
            ChildResult shown = ChildProcess.Run("apt-cache", [.. _options, "show", "--all-versions", package]);
            string? dependency = Dependency(shown.Output, package, series);
            if (dependency is null)
            {
                return $"no package of it for {series} in the archive";
            }

            package = dependency;
        }

        ChildResult result = ChildProcess.Run("apt-get", [.. _options, "download", package], directory);
        return result.Status == 0 ? null : result.Reason;
    }

    private string? TryDownloadAll(string package, string directory)
    {
        // Nothing is installed as far as this apt knows, so everything is downloaded.
        ChildResult result = ChildProcess.Run(
            "apt-get",
            [.. _options, "-o", $"Dir::Cache::archives={directory}", "install", "--download-only", "--no-install-recommends", "--yes", package]);
        return result.Status == 0 ? null : result.Reason;
    }

    /// <summary>Reads the lists of packages anew.</summary>
    /// <returns>Why some of them cannot be had, or null.</returns>
    private string? Update()
    {
        if (ToolFinder.Find("apt-get") is null || ToolFinder.Find("dpkg-deb") is null)
        {
            throw new UsageException(
                "the default guests are fetched with apt-get and dpkg-deb, which are not here; "
                + "give your own with --kernel and --initrd");
        }

        IReadOnlyList<AptSource> sources = AptSources.Read();
        string codename = DebianRelease.Read()?.Codename ?? DebianRelease.Bookworm;
        AptSource debian = AptSources.Debian(sources, codename)
            ?? throw new UsageException(
                $"apt's sources name no Debian archive with {codename} main to fetch guests from; "
                + "give your own with --kernel and --initrd");
        foreach (string directory in (string[])["sources.list.d", "preferences.d", "state", "lists/partial", "cache/archives/partial"])
        {
            Directory.CreateDirectory(Path.Combine(_root, directory));
        }

        File.WriteAllText(
            Path.Combine(_root, "sources.list.d", "debian.sources"), string.Join("\n", _suites.Select(debian.Stanza)));
        File.WriteAllText(Path.Combine(_root, "sources.list"), "");
        File.WriteAllText(Path.Combine(_root, "status.new"), "");
        File.Move(Path.Combine(_root, "status.new"), Path.Combine(_root, "status"), overwrite: true);

        ChildResult result = ChildProcess.Run("apt-get", [.. _options, "update"]);
        if (result.Status != 0)
        {
            File.Delete(Path.Combine(_root, "status"));
            throw new UsageException($"cannot read the package lists for {_architecture}: {result.Reason}");
        }

        return Unreachable(result.Errors);
    }

    [GeneratedRegex(@"linux-image-[0-9][^\s,()]*")]
    private static partial Regex KernelPackage();
}
