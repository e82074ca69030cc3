// Linux's own tests of KVM. They run in a Linux that is a guest hypervisor, and start guests of their own. One boot runs as many as it
// can; a test that takes the machine with it, or hangs it, costs one more.
using System.Text;
using Nestor.Tools.Bench;
using Nestor.Tools.Guests;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Suites;

/// <summary>Runs the KVM selftests.</summary>
/// <param name="qemu">QEMU.</param>
/// <param name="parts">The kernel and the tests.</param>
/// <param name="limit">When to give a test up.</param>
public sealed class KvmSelftests(string qemu, SelftestParts parts, TimeSpan limit)
{
    /// <summary>The suite's name on the command line.</summary>
    public const string Name = "kvm-selftests";

    private const int Cpus = 2;
    private const long Memory = 2048 * MemorySize.MiB;
    private const string Directory = "tests/";
    private const string Runner = "selftests";

    // More than a boot takes, and than a machine takes to end a test whose time is up.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(180);

    // Numbers of the tests' own (enum vm_guest_mode): 40 bits of address, pages of 4, 16 and 64 KiB.
    private const string OneMode = "-m 6";
    private const string EachGranule = "-m 6 -m 7 -m 8";

    // By themselves these tests would take hours of emulation: they touch 1 GiB in each of a dozen formats of page tables, single-step
    // 10,000 instructions, or judge by the clock. They check the same with less. All machines get the same arguments.
    private static readonly Dictionary<string, string> s_arguments = new()
    {
        ["arm64/debug-exceptions"] = "-i 1000",
        ["arm64/page_fault_test"] = OneMode,
        ["access_tracking_perf_test"] = "-b 16M",
        ["arch_timer"] = "-e 1000000",
        ["demand_paging_test"] = "-b 16M " + EachGranule,
        ["dirty_log_perf_test"] = "-b 16M " + EachGranule,
        ["dirty_log_test"] = "-i 3 -m 8",
        ["kvm_page_table_test"] = "-b 16M " + EachGranule,
        ["memslot_modification_stress_test"] = "-b 16M " + EachGranule,
        ["memslot_perf_test"] = "-l 1 -s 512 -t 600",
        ["mmu_stress_test"] = "-m 1 -s 1",
        ["rseq_test"] = "-u",
    };

    /// <summary>The tests that there are.</summary>
    /// <param name="filter">Only those whose names contain this; null for all.</param>
    /// <exception cref="UsageException">There is nothing to run.</exception>
    public IReadOnlyList<SuiteTest> Find(string? filter)
    {
        SuiteTest[] tests =
        [
            .. from name in parts.Tests
               where filter is null || name.Contains(filter, StringComparison.Ordinal)
               select new SuiteTest(
                   name, parts.Kernel, Cpus, Memory, s_arguments.GetValueOrDefault(name, ""), [], File.Exists(parts.Program(name)) ? null : "it did not build"),
        ];
        return tests.Any(test => test.WhyNot is null)
            ? tests
            : throw new UsageException(tests.Length == 0
                ? $"--filter: no selftest has '{filter}' in its name; they are {string.Join(", ", parts.Tests)}"
                : $"{string.Join(", ", tests.Select(test => test.Name))}: did not build; {parts.Log} says why");
    }

    /// <summary>Runs tests on all machines with an EL2, one machine after the other: each has two CPUs.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="scratch">A directory for files.</param>
    public SuiteReport Run(IReadOnlyList<SuiteTest> tests, string scratch)
    {
        SuiteTest[] able = [.. tests.Where(test => test.WhyNot is null)];
        SuiteRun[] runs = [.. SuiteSetting.WithEl2.SelectMany(setting => Runs(able, setting, Path.Combine(scratch, "initramfs")))];
        return new SuiteReport(Name, SuiteSetting.WithEl2, tests, runs);
    }

    /// <summary>How the tests went that a machine began; a test that was not the last and has no end took the machine with it.</summary>
    /// <param name="tests">In their order.</param>
    /// <param name="setting">The machine.</param>
    /// <param name="lines">What it said.</param>
    public static IReadOnlyList<SuiteRun> Read(IReadOnlyList<SuiteTest> tests, SuiteSetting setting, IReadOnlyList<TimedLine> lines)
    {
        List<SuiteRun> runs = [];
        int first = -1;
        for (int i = 0; i < lines.Count; i++)
        {
            if (Selftest.Begin(lines[i].Plain) is not null)
            {
                Close(i, null);
                first = i;
            }
            else if (first >= 0 && Selftest.End(lines[i].Plain) is { } end)
            {
                Close(i + 1, Selftest.Outcome(end.Status));
                first = -1;
            }
        }

        Close(lines.Count, null);
        return runs;

        void Close(int next, string? outcome)
        {
            if (first >= 0 && tests.FirstOrDefault(test => test.Name == Selftest.Begin(lines[first].Plain)) is { } test)
            {
                string[] said = [.. lines.Take(first..next).Select(line => line.Plain)];
                runs.Add(new SuiteRun(
                    test, setting, [.. said.Select(Selftest.Part).OfType<Subtest>()], outcome, said, lines[next - 1].Time - lines[first].Time));
            }
        }
    }

    private List<SuiteRun> Runs(IReadOnlyList<SuiteTest> tests, SuiteSetting setting, string initramfs)
    {
        List<SuiteRun> runs = [];
        while (runs.Count < tests.Count)
        {
            SuiteTest[] left = [.. tests.Skip(runs.Count)];
            File.WriteAllBytes(initramfs, Initramfs(left));
            MachineRun machine = BenchMachine.Run(qemu, setting.Arguments(Boot, initramfs), IsLast, limit + s_longestSilence, isForEachLine: true);
            IReadOnlyList<SuiteRun> read = Read(left, setting, machine.Lines);
            runs.AddRange(read);
            if (read.Count == 0)
            {
                // It did not come to the first: nor would it with the others.
                string[] said = [.. machine.Lines.Select(line => line.Plain)];
                runs.AddRange(left.Select(test => new SuiteRun(test, setting, [], null, said, TimeSpan.Zero)));
                Progress.Line($"{setting.Name}: Linux did not come up; {machine.Complaint}");
            }
        }

        return runs;

        bool IsLast(string line)
        {
            if (Selftest.End(TimedLine.PlainOf(line)) is { } end)
            {
                Progress.Line($"{end.Name}, {setting.Name}: {Selftest.Outcome(end.Status) ?? "no end"}");
            }

            return TimedLine.PlainOf(line) == Selftest.Done;
        }
    }

    private SuiteTest Boot => new(
        Name, parts.Kernel, Cpus, Memory, FormattableString.Invariant($"{GuestResolver.DefaultAppend} quiet run=\"{Runner} {(int)limit.TotalSeconds}\""), [], null);

    private byte[] Initramfs(IEnumerable<SuiteTest> tests) => Guests.Initramfs.Build(
        parts.Busybox,
        [
            new InitramfsFile("bin/" + Runner, Encoding.ASCII.GetBytes(Selftest.Script)),
            // First, so that its directory is made before those below it.
            new InitramfsFile(Directory + "list", Encoding.ASCII.GetBytes(string.Concat(tests.Select(test => $"{test.Name} {test.Append}\n")))),
            .. tests.Select(test => new InitramfsFile(Directory + test.Name, File.ReadAllBytes(parts.Program(test.Name)))),
        ]);
}
