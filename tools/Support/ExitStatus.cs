// The exit statuses that scripts and CI may rely on.
namespace Nestor.Tools.Support;

public static class ExitStatus
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Timeout = 3;
    public const int Interrupted = 130;
}
