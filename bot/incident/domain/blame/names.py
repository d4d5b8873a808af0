"""Common given names from many countries, so that a file without a list of people can be read too.

Names that are also the names of products, or common words, are left out: Jenkins, Ruby, Jasmine, Mark, Will, Grace.
"""

from bot.incident.domain.blame.vocabulary import words

GIVEN = words(
    """
    aaron abby abdul abigail adam adrian ahmad ahmed aisha akira alan alejandra alejandro alex alexander
    alexandra alexis alfred ali alice alicia alina alison amanda amelia amina amir amit amy ana anastasia anders
    andrea andreas andrei andrew andy anette angela anil anita anja ankit ann anna anne annette anthony anton
    antonio anya arjun arthur arun ashley astrid barbara beatrice ben benjamin bernd bettina bill birgit bob
    boris brandon brenda brian bruno camila carl carla carlos carmen carol caroline carolina catherine cecilia
    charles charlotte chen cheng chiara christian christina christine christoph christopher claire clara claudia
    claus colin connor craig cristina daan daisuke damian dan dana daniel daniela danielle dave david deborah
    deepak denis dennis diana diego dieter dimitri dirk dmitri dmitry dominic donald donna dorothy doug douglas
    edith eduardo edward elena eleni eli elias elizabeth ella ellen emil emilia emily emma eric erik erika erin
    esther ethan eva evelyn fatima felix fernanda fernando filip florian francesca francesco francisco frank
    frans fred frederik gabriel gabriela gareth gary george gerald gerard giovanni giulia greg gregor gregory
    guido gustavo hamza hannah hans harry hassan heather heidi heike helen helena helga hendrik henrik henry
    hiro hiroshi hugo ian ibrahim igor ingrid irene irina isabel isabella ivan jack jacob jake james jamie jan
    jane janet jasper javier jean jeff jeffrey jennifer jens jeremy jerry jesse jessica jim jing joan joanna
    joao johan johanna john jonas jonathan jordan jorge jose josef joseph josh joshua joyce juan judith judy
    julia julian julie jun jurgen justin kamal karen karim karl karin karsten katarina kate katherine kathy
    katja katrin keiko keith kelly ken kenji kenneth kevin khalid kim kiran klaus kofi kumar kurt kyle lars
    latifa laura lauren layla lea lee leila lena leo leon leonard leonardo lewis liam lili lily linda lisa liu
    lorenzo louis louise lucas lucia luigi luis lukas luke magnus malik manuel marco marcos marcus margaret
    maria marie marina mario marta martin martina mary mateo mathias matt matthew matthias maurice mehmet mei
    melissa mia michael michal michelle miguel mika mike mikhail milan ming mohamed mohammad mohammed monica
    monika muhammad nadia naomi natalia natalie natasha nathan neha neil nicholas nick nicolas nicole niels
    nikhil nikita nikolai nina noah nora oksana ola olaf oleg olga oliver olivia omar oscar otto pablo paolo
    patricia patrick paul paula paulo pedro peter petra philip philipp phil pierre pieter piotr priya rachel
    rafael rahul raj rajesh ralph ramon raphael raul ravi raymond rebecca renata ricardo richard rita rob robert
    roberto robin roland roman ron rosa ross ryan sabine sachin sally sam samantha samir samuel sandeep sandra
    sanjay sara sarah sasha scott sean sebastian sergei sergey sergio shane shannon sharon silvia simon simone
    sofia sonia sonja sophia sophie stefan stefano stephanie stephen steve steven stuart sunil susan susanne
    suzanne sven svetlana sylvia takashi tamara tanja tanya tara tariq tatiana ted teresa theo theresa thomas
    tim timothy tina tobias todd tom tomas tony torsten tracy tyler ulrich ursula uwe valentina vanessa vera
    veronica victor victoria vijay viktor vincent vladimir walter wanda wei wendy werner wilhelm william
    wolfgang xiao yan yang yasmin ying yuki yuri yusuf yvonne zhang zoe
    """
)
