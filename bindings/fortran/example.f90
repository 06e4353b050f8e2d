! Solves a task, handles a refusal, and gives a task up, all three at once.
!
!     gfortran captask.f90 example.f90 -L/folder/of/libcaptask -lcaptask && LD_LIBRARY_PATH=/folder/of/libcaptask ./a.out
!
! An argument is the configuration, a JSON object; without one it is the sandbox inside the library.

program example
    use, intrinsic :: iso_c_binding, only: c_int32_t, c_int64_t
    use, intrinsic :: iso_fortran_env, only: error_unit
    use captask
    implicit none

    character(len=*), parameter :: turnstile = &
        '{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}'
    integer(c_int32_t), parameter :: five_minutes = 300000
    character(len=:), allocatable :: config, error, answer
    integer(c_int32_t) :: client
    integer(c_int64_t) :: solved, refused, abandoned, ticket
    integer :: length, left
    logical :: all_as_wanted

    call get_command_argument(1, length=length)
    allocate (character(len=length) :: config)
    call get_command_argument(1, config)
    if (length == 0) config = '{"endpoint":"sandbox:"}'
    client = open_client(config, error)
    if (client == 0) call give_up(error)

    solved = submitted('{"task":' // turnstile // ',"extra":"ö漢"}')
    refused = submitted('{"task":{"type":"NoSuchTask"}}')
    abandoned = submitted('{"task":' // turnstile // '}')
    all_as_wanted = cancel(client, abandoned)

    do left = 3, 1, -1
        answer = receive(client, five_minutes, ticket)
        if (answer == '') call give_up('{"errorCode":"none","errorDescription":"no answer within five minutes"}')
        if (ticket == solved .and. pick(answer, '/errorId') == '0') then
            print '(a)', 'token: ' // pick(answer, '/solution/token')
            print '(a)', 'extra: ' // pick(answer, '/extra')
        else if (ticket == solved) then
            write (error_unit, '(a)') pick(answer, '/errorCode') // ': ' // pick(answer, '/errorDescription')
            all_as_wanted = .false.
        else if (ticket == refused) then
            print '(a)', 'refused: ' // pick(answer, '/errorCode') // ': ' // pick(answer, '/errorDescription')
            all_as_wanted = all_as_wanted .and. pick(answer, '/errorCode') == 'ERROR_TASK_NOT_SUPPORTED'
        else
            print '(a)', 'cancelled: ' // pick(answer, '/errorCode')
        end if
    end do
    call close_client(client)
    if (.not. all_as_wanted) stop 1, quiet=.true.

contains

    function submitted(request) result(ticket)
        character(len=*), intent(in) :: request
        integer(c_int64_t) :: ticket

        ticket = submit(client, request, error)
        if (ticket == 0) call give_up(error)
    end function

    subroutine give_up(error)
        character(len=*), intent(in) :: error

        write (error_unit, '(a)') pick(error, '/errorCode') // ': ' // pick(error, '/errorDescription')
        call close_client(client)
        stop 1, quiet=.true.
    end subroutine
end program
