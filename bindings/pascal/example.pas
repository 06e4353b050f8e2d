{ Solves a task, handles a refusal, and gives a task up, all three at once.

      fpc -Fl/folder/of/libcaptask example.pas && LD_LIBRARY_PATH=/folder/of/libcaptask ./example

  An argument is the configuration, a JSON object; without one it is the sandbox inside the library. }

program example;

{$ifdef FPC}{$mode delphi}{$codepage utf8}{$endif}
{$apptype console}

uses
  SysUtils, captask;

const
  Turnstile = '{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}';
  Minute = 60000;

var
  Client: TCaptask;

{ Prints an answer, and returns whether it is an error. }
function IsError(Ticket, Abandoned: Int64; const Answer: UTF8String): Boolean;
begin
  Result := Pick(Answer, '/errorId') <> '0';
  if not Result then
  begin
    WriteLn('token: ', Pick(Answer, '/solution/token'));
    WriteLn('extra: ', Pick(Answer, '/extra'));
  end
  else if Ticket = Abandoned then
    WriteLn('cancelled: ', Pick(Answer, '/errorCode'))
  else
    WriteLn('refused: ', Pick(Answer, '/errorCode'), ': ', Pick(Answer, '/errorDescription'));
end;

function Run: Integer;
var
  Ticket, Abandoned: Int64;
  Answer: UTF8String;
  Left, Errors: Integer;
begin
  Client.Submit('{"task":' + Turnstile + ',"extra":"ö漢"}');
  Client.Submit('{"task":{"type":"NoSuchTask"}}');
  Abandoned := Client.Submit('{"task":' + Turnstile + '}');
  Client.Cancel(Abandoned);
  Errors := 0;
  for Left := 3 downto 1 do
  begin
    if not Client.Receive(5 * Minute, Ticket, Answer) then
      raise Exception.Create('no answer within five minutes');
    if IsError(Ticket, Abandoned, Answer) then
      Inc(Errors);
  end;
  { The refused one and the cancelled one. }
  Result := Ord(Errors <> 2);
end;

var
  Config: UTF8String;

begin
  Config := '{"endpoint":"sandbox:"}';
  if ParamCount > 0 then
    Config := UTF8String(ParamStr(1));
  try
    Client := TCaptask.Create(Config);
    try
      ExitCode := Run;
    finally
      Client.Free;
    end;
  except
    on Error: Exception do
    begin
      WriteLn(ErrOutput, Error.Message);
      ExitCode := 1;
    end;
  end;
end.
