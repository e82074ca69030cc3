// Builds the KVM selftests of a Linux tree for arm64. Only the parts of the tree that they need are copied, so that the user's stays
// as it is. The programs are static: the initramfs has no libraries.
using System.Globalization;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>Builds the tests.</summary>
public static class SelftestBuild
{
    /// <summary>A file beside the programs: the names of all tests that should be there.</summary>
    public const string List = "list";

    /// <summary>A file beside the programs: what make printed.</summary>
    public const string Log = "make.log";

    private const string Tests = "tools/testing/selftests/kvm";
    private const string Compiler = "aarch64-linux-gnu-";

    // What `make headers` and the tests read, of a tree that has 80,000 files.
    private static readonly string[] s_needed = ["Makefile", "Kbuild", "Kconfig", "arch/arm64", "include", "scripts", "tools", "usr"];

    /// <summary>Builds them.</summary>
    /// <param name="source">A tree, or an archive of one.</param>
    /// <param name="work">A directory to build in, which is removed afterwards.</param>
    /// <param name="destination">The directory for the programs, which appears only when it is whole.</param>
    /// <exception cref="UsageException">There is no such source, or no test of it builds.</exception>
    public static void Run(string source, string work, string destination)
    {
        FreshDirectory.Make(work);
        Unpack(source, work);
        string tests = Path.Combine(work, Tests);
        if (!File.Exists(Path.Combine(tests, "Makefile")))
        {
            throw new UsageException($"{source} is no source of Linux: it has no {Tests}/Makefile");
        }

        string made = Path.Combine(work, "made");
        Directory.CreateDirectory(made);
        string jobs = string.Create(CultureInfo.InvariantCulture, $"-j{Environment.ProcessorCount}");
        ChildResult headers = Make(work, jobs, "headers");
        ChildResult built = Make(tests, jobs, "-k", "LDFLAGS=-static");
        File.WriteAllText(Path.Combine(made, Log), headers.Output + headers.Errors + built.Output + built.Errors);

        // The one variable that has them all, as paths below the current directory.
        ChildResult listed = Make(tests, "-s", "--eval=nestor-names:;@echo $(TEST_GEN_PROGS)", "nestor-names");
        string[] names =
        [
            .. listed.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(path => Path.GetRelativePath(tests, Path.Combine(tests, path))).Distinct(),
        ];
        string[] there = [.. names.Where(name => File.Exists(Path.Combine(tests, name)))];
        if (there.Length == 0)
        {
            string log = Path.ChangeExtension(destination, ".log");
            File.Move(Path.Combine(made, Log), log, overwrite: true);
            FreshDirectory.Remove(work);
            throw new UsageException($"the KVM selftests of {source} do not build: {(built.Status == 0 ? listed : built).Reason}; {log} has it all");
        }

        foreach (string name in there)
        {
            string program = Path.Combine(made, name);
            Directory.CreateDirectory(Path.GetDirectoryName(program)!);
            File.Move(Path.Combine(tests, name), program);
        }

        File.WriteAllLines(Path.Combine(made, List), names);
        Directory.Move(made, destination);
        FreshDirectory.Remove(work);
    }

    private static void Unpack(string source, string work)
    {
        // A tree goes the way of an archive: links stay links, and its owner's files are only read.
        if (Directory.Exists(source))
        {
            foreach (string part in s_needed.Where(part => Path.Exists(Path.Combine(source, part))))
            {
                string to = Path.Combine(work, part);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                Require(ChildProcess.Run("cp", ["-a", Path.Combine(source, part), to]), source);
            }
        }
        else
        {
            // Some of the files of another kind of archive are not there, which tar calls a failure and the next step finds out.
            ChildResult result = ChildProcess.Run(
                "tar", ["-x", "-f", source, "-C", work, "--strip-components=1", "--wildcards", "--no-wildcards-match-slash", .. s_needed.Select(part => "*/" + part)]);
            if (!Directory.EnumerateFileSystemEntries(work).Any())
            {
                throw new UsageException($"cannot unpack {source}: {result.Reason}");
            }
        }
    }

    private static ChildResult Make(string directory, params string[] arguments) =>
        ChildProcess.Run("make", ["ARCH=arm64", $"CROSS_COMPILE={Compiler}", .. arguments], directory);

    private static void Require(ChildResult result, string source)
    {
        if (result.Status != 0)
        {
            throw new UsageException($"cannot copy {source}: {result.Reason}");
        }
    }
}
