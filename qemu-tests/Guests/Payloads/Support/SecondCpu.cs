// The second CPU: started by PSCI, it does what the first one asks and powers itself off.

namespace Nestor.Payloads;

internal static class SecondCpu
{
    public static void Main()
    {
    }
}
