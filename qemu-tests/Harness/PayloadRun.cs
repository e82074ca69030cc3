// Runs one payload to its power-off and gives what it reported.
using System.Linq;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>The way from an image to its TAP lines.</summary>
public static class PayloadRun
{
    /// <summary>
    /// Runs the machine until the payload powers it off. A machine that ends otherwise, and a report that is not complete,
    /// fails; lines that say "not ok" are the caller's to judge, and the artefacts are kept because of them.
    /// </summary>
    public static async Task<TapReport> RunAsync(MachineOptions options)
    {
        QemuMachine machine = await QemuMachine.StartAsync(options).ConfigureAwait(false);
        await using (machine.ConfigureAwait(false))
        {
            await machine.ExpectPowerOffAsync().ConfigureAwait(false);
            TapReport report = TapReport.Parse(machine.Transcript.Lines.Select(line => line.Text));
            if (report.Problems.Count > 0)
            {
                throw new MachineFailedException("the report is not complete: " + report.Complaint, machine.Transcript.Tail(40));
            }

            if (report.Passed)
            {
                machine.Pass();
            }

            return report;
        }
    }
}
